import { useMutation, useQuery } from '@apollo/client/react';
import { type FormEvent, useState } from 'react';
import { failureOf } from '../failure.ts';
import { graphql, type ResultOf } from '../graphql.ts';
import { Skeleton } from '../more.tsx';
import { Notice } from '../notice.tsx';
import { useUnloadQuestion } from '../unload.ts';
import { type Pair, readPairs } from './pairs.ts';
import { RevocationResults } from './revocation-results.tsx';

const Channels = graphql(`
  query Channels {
    channels(first: 1000) {
      nodes {
        id
        arn
        name
        authorized
      }
      pageInfo {
        hasNextPage
      }
    }
  }
`);

const Revoke = graphql(`
  mutation Revoke($input: RevokeViewerSessionsInput!) {
    revokeViewerSessions(input: $input) {
      requestedCount
      revokedCount
      errors {
        index
        code
        message
        retryable
      }
    }
  }
`);
/** What was sent, and what became of it. The form may say something else by now. */
export interface Sent {
  channelArn: string;
  pairs: readonly Pair[];
  revoked: NonNullable<ResultOf<typeof Revoke>['revokeViewerSessions']>;
}

export function ViewersPage() {
  const { data, error } = useQuery(Channels);
  const [revoke, { loading, error: failed }] = useMutation(Revoke);
  useUnloadQuestion(loading);
  const [channelArn, setChannelArn] = useState('');
  const [text, setText] = useState('');
  const [sent, setSent] = useState<Sent>();
  const { pairs, problems } = readPairs(text);
  const channels = data?.channels?.nodes ?? [];
  const channelSent = channels.find(({ arn }) => arn === sent?.channelArn);

  const send = async ({ channelArn, pairs }: Pick<Sent, 'channelArn' | 'pairs'>) => {
    const viewerSessions = pairs.map(({ viewerId, version }) => ({
      channelArn,
      viewerId,
      ...(version !== undefined && { viewerSessionVersionsLessThanOrEqualTo: version }),
    }));
    const { data } = await revoke({ variables: { input: { viewerSessions } } }).catch(() => ({
      data: undefined,
    }));
    const revoked = data?.revokeViewerSessions;
    if (revoked) setSent({ channelArn, pairs, revoked });
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void send({ channelArn, pairs });
  };

  return (
    <>
      <h1>Revoke viewers</h1>
      <p>Viewers of a private channel lose their playback tokens. Each of them succeeds or fails alone.</p>
      <Notice failure={failureOf(error ?? failed)} />
      {!data && !error && <Skeleton rows={4} what="channels" />}
      {data && (
        <form className="stack" onSubmit={submit}>
          <label htmlFor="channel">Channel</label>
          <select
            id="channel"
            required
            aria-describedby="private"
            value={channelArn}
            onChange={(event) => setChannelArn(event.target.value)}
          >
            <option value="">Choose a channel</option>
            {channels.map(({ id, arn, name, authorized }) => (
              <option key={id} value={arn} disabled={authorized === false}>
                {name ?? arn} {authorized === false && '(not private)'}
              </option>
            ))}
          </select>
          {channels.some(({ authorized }) => authorized === false) && (
            <p id="private" className="hint">
              Channels that are not private cannot be chosen: anyone can watch them without a token, so there
              is none to revoke.
            </p>
          )}
          {data.channels?.pageInfo.hasNextPage && <p>These are the first {channels.length} channels.</p>}
          <label htmlFor="viewers">
            Viewers, one a line; behind a comma the last version of their tokens to revoke
          </label>
          <textarea
            id="viewers"
            rows={8}
            required
            spellCheck={false}
            placeholder={'viewer-1\nviewer-2,3'}
            value={text}
            aria-describedby="problems"
            onChange={(event) => setText(event.target.value)}
          />
          <div id="problems" className="problem" role="status">
            {problems.slice(0, 5).map((problem) => (
              <p key={problem}>{problem}</p>
            ))}
            {problems.length > 5 && <p>And {problems.length - 5} more.</p>}
          </div>
          <div className="row end">
            <button
              type="submit"
              className="danger"
              disabled={loading || pairs.length === 0 || problems.length > 0}
            >
              {loading ? 'Revoking' : 'Revoke'} {pairs.length || ''}
            </button>
          </div>
        </form>
      )}
      {sent && (
        <RevocationResults
          {...sent}
          channel={channelSent?.name ?? sent.channelArn}
          isRunning={loading}
          onRetry={(pairs) => void send({ ...sent, pairs })}
        />
      )}
    </>
  );
}

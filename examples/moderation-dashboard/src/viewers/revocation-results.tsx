import type { Pair } from './pairs.ts';
import type { Sent } from './viewers-page.tsx';

interface Props extends Sent {
  /** Its name. */
  channel: string;
  isRunning: boolean;
  onRetry: (pairs: readonly Pair[]) => void;
}

export function RevocationResults({
  channel,
  pairs,
  revoked: { requestedCount, revokedCount, errors },
  isRunning,
  onRetry,
}: Props) {
  const failed = errors.map((error) => ({ ...error, pair: pairs[error.index] as Pair }));
  const retryable = failed.filter((error) => error.retryable).map(({ pair }) => pair);
  return (
    <section className="results" aria-labelledby="results">
      <h2 id="results">Results for {channel}</h2>
      <p role="status">
        {revokedCount} of {requestedCount} revoked{failed.length > 0 && `, ${failed.length} failed`}
      </p>
      {failed.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard, too
        <section className="scroll" tabIndex={0} aria-label="What failed">
          <table>
            <thead>
              <tr>
                {['Line', 'Viewer', 'Why', 'Again?'].map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {failed.map(({ pair, code, message, retryable }) => (
                <tr key={pair.line}>
                  <td>{pair.line}</td>
                  <th scope="row">{pair.viewerId}</th>
                  <td>
                    <code>{code}</code> {message}
                  </td>
                  <td>{retryable ? 'May help' : 'Will not help'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {retryable.length > 0 && (
        <div className="row end">
          <button type="button" disabled={isRunning} onClick={() => onRetry(retryable)}>
            Try the {retryable.length} again
          </button>
        </div>
      )}
    </section>
  );
}

import { type FormEvent, useId } from 'react';
import type { Failure } from './failure.ts';
import { writeToken } from './token.ts';

/** Says what failed and what happens next; has a field for the token when one is needed. */
export function Notice({ failure, isStale }: { failure: Failure | undefined; isStale?: boolean }) {
  if (!failure) return null;
  if (failure.kind === 'unauthenticated') return <TokenForm reason={failure.message} />;
  return (
    <p className={`notice ${failure.kind}`} role="status">
      {failure.message} {isStale && 'What you see is from before.'}
    </p>
  );
}

function TokenForm({ reason }: { reason: string }) {
  const id = useId();
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    writeToken(String(new FormData(event.currentTarget).get('token')));
    location.reload();
  };
  return (
    <form className="notice unauthenticated" onSubmit={submit}>
      <p role="status">The gateway needs a token: {reason}</p>
      <label htmlFor={id}>Token</label>
      <div className="row">
        <input id={id} name="token" type="password" autoComplete="off" required />
        <button type="submit">Use it</button>
      </div>
    </form>
  );
}

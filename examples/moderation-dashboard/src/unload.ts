import { useEffect } from 'react';

const confirm = (event: BeforeUnloadEvent) => event.preventDefault();

/** While a mutation runs, the browser asks before it closes or reloads the page: that aborts what is not sent yet. */
export function useUnloadQuestion(isRunning: boolean): void {
  useEffect(() => {
    if (!isRunning) return;
    addEventListener('beforeunload', confirm);
    return () => removeEventListener('beforeunload', confirm);
  }, [isRunning]);
}

import { useState } from 'react';
import { useRoute } from './route.ts';
import { DisconnectDialog, type Disconnection } from './session/disconnect-dialog.tsx';
import { SessionPage } from './session/session-page.tsx';
import { StagesPage } from './stages/stages-page.tsx';
import { StreamsPage } from './streams/streams-page.tsx';
import { ThemeChoice } from './theme.tsx';
import { ViewersPage } from './viewers/viewers-page.tsx';

export function App() {
  const [page, arn] = useRoute();
  // Above the pages: a run continues, and stays visible, when the page below it changes.
  const [disconnection, setDisconnection] = useState<Disconnection>();
  const close = (hasBegun: boolean) => {
    setDisconnection(undefined);
    disconnection?.onClose(hasBegun);
  };
  const current = (name: string) => ((page ?? '') === name ? 'page' : undefined);
  return (
    <>
      <a className="skip" href="#main">
        Skip to the content
      </a>
      <header>
        <strong>Moderation</strong>
        <nav aria-label="Pages">
          <a href="#/" aria-current={current('')}>
            Stages
          </a>
          <a href="#/streams" aria-current={current('streams')}>
            Streams
          </a>
          <a href="#/viewers" aria-current={current('viewers')}>
            Viewers
          </a>
        </nav>
        <ThemeChoice />
      </header>
      <main id="main" tabIndex={-1}>
        {page === 'viewers' ? (
          <ViewersPage />
        ) : page === 'streams' ? (
          <StreamsPage />
        ) : page === 'stages' && arn ? (
          <SessionPage key={arn} arn={arn} onDisconnect={setDisconnection} />
        ) : (
          <StagesPage />
        )}
      </main>
      {disconnection && <DisconnectDialog {...disconnection} onClose={close} />}
    </>
  );
}

import { useRoute } from './route.ts';
import { SessionPage } from './session/session-page.tsx';
import { StagesPage } from './stages/stages-page.tsx';
import { ThemeChoice } from './theme.tsx';
import { ViewersPage } from './viewers/viewers-page.tsx';

export function App() {
  const [page, arn] = useRoute();
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
          <a href="#/viewers" aria-current={current('viewers')}>
            Viewers
          </a>
        </nav>
        <ThemeChoice />
      </header>
      <main id="main" tabIndex={-1}>
        {page === 'viewers' ? (
          <ViewersPage />
        ) : page === 'stages' && arn ? (
          <SessionPage key={arn} arn={arn} />
        ) : (
          <StagesPage />
        )}
      </main>
    </>
  );
}

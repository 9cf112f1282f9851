// Who is in a session, page by page.
import { useLazyLoadQuery, usePaginationFragment } from 'react-relay';
import peopleFragment, { type documentsPeople$key } from './generated/documentsPeople.graphql.ts';
import type { documentsPeoplePageQuery } from './generated/documentsPeoplePageQuery.graphql.ts';
import sessionQuery, { type documentsSessionQuery } from './generated/documentsSessionQuery.graphql.ts';

export function Session(variables: documentsSessionQuery['variables']) {
  const { stageSession } = useLazyLoadQuery<documentsSessionQuery>(sessionQuery, variables);
  return stageSession ? <People session={stageSession} /> : <p>The session is over.</p>;
}

function People({ session }: { session: documentsPeople$key }) {
  const { data, hasNext, isLoadingNext, loadNext } = usePaginationFragment<
    documentsPeoplePageQuery,
    documentsPeople$key
  >(peopleFragment, session);
  return (
    <>
      <ul>
        {data.participants?.edges.map(({ node }) => (
          <li key={node.id} data-state={node.state}>
            {node.userId}
          </li>
        ))}
      </ul>
      {hasNext && (
        <button type="button" disabled={isLoadingNext} onClick={() => loadNext(10)}>
          More
        </button>
      )}
    </>
  );
}

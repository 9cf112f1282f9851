// `@semanticNonNull` of the schema and `@throwOnFieldError` of an operation: Relay types what is null only on error as non-null.
import { graphql } from 'relay-runtime';
import type { nullabilityPlainQuery } from './generated/nullabilityPlainQuery.graphql.ts';
import type { nullabilityThrowingQuery } from './generated/nullabilityThrowingQuery.graphql.ts';

export const throwing = graphql`
  query nullabilityThrowingQuery($arn: ID!) @throwOnFieldError {
    stage(arn: $arn) {
      name
      tags {
        key
      }
      sessions {
        nodes {
          id
        }
      }
    }
  }
`;

export const plain = graphql`
  query nullabilityPlainQuery($arn: ID!) {
    stage(arn: $arn) {
      tags {
        key
      }
    }
  }
`;

declare const sure: NonNullable<nullabilityThrowingQuery['response']['stage']>;
export const sessions: number = sure.sessions.nodes.length;
export const tags: number = sure.tags.length;
// @ts-expect-error A stage may have no name.
export const name: string = sure.name;

declare const unsure: NonNullable<nullabilityPlainQuery['response']['stage']>;
// @ts-expect-error Without the directive of the operation a failed field is null.
export const length: number = unsure.tags.length;

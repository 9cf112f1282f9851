// The source of a subscription's messages, in graphql 16 and 17: 17 takes arguments that it has validated.
import * as graphql from 'graphql';

type Source = AsyncIterable<unknown> | graphql.ExecutionResult;
type Validated = { readonly validated: true };

/** Absent in 16. */
const { validateSubscriptionArgs } = graphql as {
  validateSubscriptionArgs?: (args: graphql.ExecutionArgs) => readonly graphql.GraphQLError[] | Validated;
};
const createSource = graphql.createSourceEventStream as unknown as (
  args: graphql.ExecutionArgs | Validated,
) => Source | Promise<Source>;

export async function openSource(args: graphql.ExecutionArgs): Promise<Source> {
  const validated = validateSubscriptionArgs?.(args) ?? args;
  return 'length' in validated ? { errors: validated } : createSource(validated);
}

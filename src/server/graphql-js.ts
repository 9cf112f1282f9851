// What of graphql-js is another call in 17 than in 16.
import * as graphql from 'graphql';

type Result = graphql.ExecutionResult | Promise<graphql.ExecutionResult>;
type Source = AsyncIterable<unknown> | graphql.ExecutionResult;
type Validated = { readonly validated: true };

/** Absent in 16. */
const of17 = graphql as unknown as {
  experimentalExecuteIncrementally?: (args: graphql.ExecutionArgs) => Result;
  validateSubscriptionArgs?: (args: graphql.ExecutionArgs) => readonly graphql.GraphQLError[] | Validated;
};

/** For documents without @defer and @stream. The `execute` of 17 refuses all documents if the schema has these directives. */
export const executeWhole: (args: graphql.ExecutionArgs) => Result =
  of17.experimentalExecuteIncrementally ?? (graphql.execute as (args: graphql.ExecutionArgs) => Result);

const createSource = graphql.createSourceEventStream as unknown as (
  args: graphql.ExecutionArgs | Validated,
) => Source | Promise<Source>;

/** The messages of a subscription. 17 takes arguments that it has validated. */
export async function openSource(args: graphql.ExecutionArgs): Promise<Source> {
  const validated = of17.validateSubscriptionArgs?.(args) ?? args;
  return 'length' in validated ? { errors: validated } : createSource(validated);
}

// The types of the SDK's commands.

/** A command of either SDK client. */
export interface AwsCommand {
  readonly input: object;
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK's own signature, of which only the output matters here
type Middleware<Output> = { resolveMiddleware(...args: any[]): (input: any) => Promise<{ output: Output }> };

/** The input of a command of type `C`. */
export type InputOf<C> = C extends { readonly input: infer Input } ? Input : never;

/** The output of a command of type `C`. */
export type OutputOf<C> = C extends Middleware<infer Output> ? Output : never;

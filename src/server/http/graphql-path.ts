/** The path of GraphQL, and of web sockets, where none is set. */
export const GRAPHQL_PATH = '/graphql';

// URLs in messages and in the log. The user and the query of one can be a password or a token, also where the rest is wrong.

/** In place of a text that may be secret as a whole. */
export const NOT_SHOWN = 'a text that is not shown, since it may hold a secret';

/** Without user, query and fragment. Undefined where it is not certain what of the text these are. */
export function bareUrl(text: string): string | undefined {
  if (!/[@?#]/.test(text)) return text;
  if (!URL.canParse(text)) return undefined;
  const { protocol, host, pathname, username, password } = new URL(text);
  const users = username || password ? 1 : 0;
  // A password with `/`, `?` or `#` ends the host early: then the `@` is behind it, and what stands for a host is a secret.
  if (!host || text.split('@').length - 1 > users) return undefined;
  return `${protocol}//${host}${pathname}`;
}

/** What a message says that it got. */
export function shownUrl(text: string): string {
  const bare = bareUrl(text);
  if (bare === undefined) return NOT_SHOWN;
  return bare === text ? JSON.stringify(text) : `${JSON.stringify(bare)} (user and query are not shown)`;
}

/** The same of several, in a list. */
export const shownUrls = (text: string): string =>
  text
    .split(',')
    .map((item) => shownUrl(item.trim()))
    .join(', ');

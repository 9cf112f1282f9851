// The token for a gateway with AUTH_MODE=jwt. It lives as long as the tab, and in no other.
const KEY = 'token';

export const readToken = (): string => sessionStorage.getItem(KEY) ?? '';
export const writeToken = (token: string): void => sessionStorage.setItem(KEY, token.trim());

// Addresses of connections: that of the peer, and that of the listener.
import { type AddressInfo, isIPv6 } from 'node:net';

/**
 * The address of an IPv4 client, the /64 network of an IPv6 client: a single host usually has a whole one (RFC 7934,
 * RFC 6177), so that a bound per address would be no bound.
 */
export function networkOf(address = ''): string {
  if (!address.includes(':')) return address;
  const mapped = address.replace(/^::ffff:(?=\d+\.)/i, '');
  if (!isIPv6(mapped)) return mapped;
  const [head = '', tail] = (mapped.split('%', 1)[0] ?? '').toLowerCase().split('::');
  const groups = head.split(':').filter(Boolean);
  const after = tail?.split(':').filter(Boolean) ?? [];
  const zeros = Array.from({ length: Math.max(0, 8 - groups.length - after.length) }, () => '0');
  const all = [...groups, ...(tail === undefined ? [] : zeros), ...after];
  return `${all
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}

/** Where a browser on this machine reaches the listener. */
export function httpOriginOf({ address, family, port }: AddressInfo): string {
  // No client can connect to the wildcard addresses.
  if (['0.0.0.0', '::'].includes(address)) return `http://localhost:${port}`;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

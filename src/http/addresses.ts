import { BlockList, isIPv4, isIPv6 } from 'node:net';

const blocked = (type: 'ipv4' | 'ipv6', subnets: readonly string[]): BlockList => {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [net = '', prefix] = subnet.split('/');
    list.addSubnet(net, Number(prefix), type);
  }
  return list;
};

/** What the IANA special-purpose registry does not give to the public internet, and multicast. */
const SPECIAL_V4 = blocked('ipv4', [
  ...['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24'],
  ...['192.0.2.0/24', '192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24'],
  ...['224.0.0.0/4', '240.0.0.0/4'],
]);
/** The unicast addresses that are given out; all else is special. */
const GLOBAL_V6 = blocked('ipv6', ['2000::/3']);
/** Of them: Teredo, documentation, 6to4. The first and last carry an IPv4 address. */
const SPECIAL_V6 = blocked('ipv6', ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** The hexadecimal groups of an IPv6 address, all eight. */
const groupsOf = (address: string): number[] => {
  // URL writes an address in its shortest form, its last four bytes in hexadecimal, too.
  const short = new URL(`http://[${address}]`).hostname.slice(1, -1);
  const [head = '', tail] = short.split('::');
  const parsed = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  const [before, after] = [parsed(head), parsed(tail ?? '')];
  return tail === undefined ? before : [...before, ...Array(8 - before.length - after.length).fill(0), ...after];
};

/** The IPv4 address that an IPv6 address stands for: mapped (`::ffff:a.b.c.d`), or translated (`64:ff9b::a.b.c.d`). */
const embeddedV4 = (address: string): string | undefined => {
  const groups = groupsOf(address);
  const prefix = groups.slice(0, 6).join(':');
  if (prefix !== '0:0:0:0:0:65535' && prefix !== `${0x64}:${0xff9b}:0:0:0:0`) return undefined;
  const [high = 0, low = 0] = groups.slice(6);
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
};

const plain = (address: string): string => {
  const [bare = ''] = address.split('%');
  return (isIPv6(bare) && embeddedV4(bare)) || bare;
};

/** Whether an IP address is one of the public internet: not of a private network, of this machine, or for a special purpose. */
export const isPublicAddress = (address: string): boolean => {
  const it = plain(address);
  if (isIPv4(it)) return !SPECIAL_V4.check(it, 'ipv4');
  return isIPv6(it) && GLOBAL_V6.check(it, 'ipv6') && !SPECIAL_V6.check(it, 'ipv6');
};

/** Whether an IP address is this machine's own. */
export const isLoopbackAddress = (address: string): boolean => {
  const it = plain(address);
  return it === '::1' || (isIPv4(it) && it.startsWith('127.'));
};

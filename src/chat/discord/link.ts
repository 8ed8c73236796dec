import { escapeText } from './escape.ts';

/** Longer addresses would eat the 4,000 characters of a message; the row then stands without its link. */
const LONGEST = 500;

/** `[label](address)` for an https address that a masked link can hold, else the label alone. Both plain text. */
export const maskedLink = (label: string, address: string | undefined): string => {
  const target = address === undefined ? undefined : safeTarget(address);
  return target === undefined ? escapeText(label) : `[${escapeText(label)}](${target})`;
};

const safeTarget = (address: string): string | undefined => {
  const url = URL.parse(address);
  if (url?.protocol !== 'https:' || url.username !== '' || url.password !== '') return undefined;
  const target = url.href.replaceAll(/[()<>[\]|*`\\]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
  return target.length > LONGEST ? undefined : target;
};

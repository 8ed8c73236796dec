import { isLoopbackAddress, isPublicAddress } from '../../http/addresses.ts';
import { ForbiddenAddress, refuseForbiddenHost } from '../../http/guarded-lookup.ts';

/** Where a channel's cards are sent, as config/channels.yaml and the environment have it. */
export interface Endpoint {
  /** The channel's name: its address in the store, in logs and in each event. */
  readonly name: string;
  /** Secret, as whoever has it can send to it. */
  readonly url: URL;
  /** Keys of HMAC-SHA256: the first signs now, the others are on their way in or out. */
  readonly secrets: readonly Uint8Array[];
  /** Whether addresses of private networks, and this machine's, are meant. */
  readonly private: boolean;
  /** Variables of URL and secret, for messages. */
  readonly urlVariable: string;
  readonly secretVariable: string;
}

const isLoopbackName = (name: string): boolean => name === 'localhost' || name.endsWith('.localhost');

/** Whether a URL may be called without TLS: it names this machine. */
const namesThisMachine = ({ hostname }: URL): boolean => {
  const name = hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
  return isLoopbackName(name) || isLoopbackAddress(name);
};

type Reach = Pick<Endpoint, 'url' | 'private'>;

/** Whether a connection to an address may be made for an endpoint. */
export const isAllowedFor =
  ({ url, private: isPrivate }: Reach) =>
  (address: string): boolean =>
    url.protocol === 'http:' ? isPrivate && isLoopbackAddress(address) : isPrivate || isPublicAddress(address);

/** What is wrong with a URL as such, as one clause without the URL; undefined: nothing. */
export const faultOfUrl = ({ url, private: isPrivate }: Reach): string | undefined => {
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && namesThisMachine(url)))
    return 'expected an https URL; http is for this machine alone';
  const isMeant = 'an address of this machine or a private network: if it is meant, say private: true';
  if (!isPrivate && namesThisMachine(url)) return isMeant;
  try {
    refuseForbiddenHost(url, isAllowedFor({ url, private: isPrivate }));
    return undefined;
  } catch (error) {
    if (error instanceof ForbiddenAddress) return isMeant;
    throw error;
  }
};

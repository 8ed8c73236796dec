/** A day's digest, in no language and for no platform. */
export interface DigestStory {
  readonly kind: 'digest';
  readonly symbol: '*';
}

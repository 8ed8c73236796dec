import { describe, expect, it } from 'vitest';
import { readSecrets, signedHeaders } from '../../../src/chat/webhook/signature.ts';

/** The test vector of the Standard Webhooks libraries. */
const VECTOR = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  now: 1_614_265_330_999,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
};
const secretOf = (bytes: number): string => `whsec_${Buffer.alloc(bytes, 7).toString('base64')}`;

describe('a signature', () => {
  it('is that of the Standard Webhooks test vector', () => {
    expect(signedHeaders(readSecrets(VECTOR.secret) ?? [], VECTOR)).toEqual({
      'webhook-id': VECTOR.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': VECTOR.signature,
    });
  });

  it('is made with each secret, while one takes the place of another', () => {
    const secrets = readSecrets(`${secretOf(32)} \t ${VECTOR.secret}`) ?? [];
    const signatures = signedHeaders(secrets, VECTOR)['webhook-signature']?.split(' ');
    expect(signatures).toHaveLength(2);
    expect(signatures?.[1]).toBe(VECTOR.signature);
  });
});

describe('a secret', () => {
  it.each([24, 32, 64])('may have %i bytes', (bytes) => {
    expect(readSecrets(secretOf(bytes))?.map(({ length }) => length)).toEqual([bytes]);
  });

  it.each([
    ['too short', secretOf(23)],
    ['too long', secretOf(65)],
    ['without its prefix', secretOf(32).slice(6)],
    ['not base64', `whsec_${'*'.repeat(40)}`],
    ['one of two faulty', `${secretOf(32)} ${secretOf(8)}`],
    ['empty', 'whsec_'],
  ])('is refused if it is %s', (_why, text) => {
    expect(readSecrets(text)).toBeUndefined();
  });
});

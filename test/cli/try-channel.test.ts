import { dirname } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startWebhookDouble } from '../doubles/webhook/index.ts';
import { temporaryFile } from '../market/temporary.ts';
import { slidewatch, withEnv } from './in-process.ts';

const CHANNELS =
  'webhooks: [{ name: desk, url_env: DESK_URL, secret_env: DESK_SECRET, private: true, language: ko }]\n';

const scene = async () => {
  const receiver = await startWebhookDouble();
  onTestFinished(() => receiver.close());
  withEnv({
    SLIDEWATCH_CONFIG: dirname(temporaryFile('channels.yaml', CHANNELS)),
    DESK_URL: receiver.url,
    DESK_SECRET: receiver.secret,
  });
  return receiver;
};

describe('try', () => {
  it('sends a test card in the channel’s language, and says that it has arrived', async () => {
    const receiver = await scene();
    expect(await slidewatch('try', 'desk')).toEqual({ code: 0, out: 'desk: the test card has arrived\n', err: '' });
    expect(receiver.taken.map(({ event }) => event.data)).toMatchObject([{ channel: 'desk', kind: 'test' }]);
    expect(receiver.taken[0]?.event.data.card.title).toMatch(/테스트/);
  });

  it('says why it has not, with what helps', async () => {
    const receiver = await scene();
    receiver.fail(() => ({ status: 404 }));
    const { code, out } = await slidewatch('try', 'desk');
    expect([code, out]).toEqual([1, 'desk: There is no receiver at the address (404). Check DESK_URL.\n']);
  });

  it('knows the channels of the file alone', async () => {
    await scene();
    const { code, out, err } = await slidewatch('try', 'disk');
    expect([code, out]).toEqual([2, '']);
    expect(err).toMatch(/^no channel 'disk' in config\/channels.yaml, which has desk/);
  });
});

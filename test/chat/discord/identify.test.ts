import { describe, expect, it } from 'vitest';
import { createIdentifyThrottler } from '../../../src/chat/discord/identify.ts';

describe('the identify throttler', () => {
  it('lets the first pass, and ends the wait of the second when its socket closes', async () => {
    const throttler = createIdentifyThrottler();
    const closing = new AbortController();
    await throttler.waitForIdentify(0, closing.signal);
    const second = throttler.waitForIdentify(0, closing.signal);
    closing.abort();
    await expect(second).rejects.toMatchObject({ name: 'AbortError' });
  });
});

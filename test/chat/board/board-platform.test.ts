import { expect, test } from 'vitest';
import { createBoardPlatform } from '../../../src/chat/board/board-platform.ts';
import type { Posting } from '../../../src/chat/platform.ts';

const posting: Posting = {
  channelId: 'board',
  card: { kind: 'slide', tone: 'red', title: '▼ Nvidia is 23.5% below its peak', lead: [], sections: [], footer: [] },
  key: 'nvda-252-20-1',
  maybePosted: false,
};

test('a posting always succeeds, under its own key', async () => {
  const platform = createBoardPlatform();
  await platform.start();
  expect(platform.name).toBe('board');
  expect(await platform.post(posting)).toEqual({ kind: 'sent', messageId: 'nvda-252-20-1' });
  await platform.stop();
});

test('listeners are called for every posting until they unsubscribe', async () => {
  const platform = createBoardPlatform();
  const seen: string[] = [];
  const leave = platform.onPosted(({ key }) => void seen.push(`first ${key}`));
  platform.onPosted(({ key }) => void seen.push(`second ${key}`));
  await platform.post(posting);
  leave();
  await platform.post({ ...posting, key: 'later' });
  expect(seen).toEqual(['first nvda-252-20-1', 'second nvda-252-20-1', 'second later']);
});

test('a listener that fails neither stops the others nor makes the posting fail', async () => {
  const platform = createBoardPlatform();
  let calls = 0;
  platform.onPosted(() => {
    throw new Error('the page is gone');
  });
  platform.onPosted(() => {
    calls += 1;
  });
  expect((await platform.post(posting)).kind).toBe('sent');
  expect(calls).toBe(1);
});

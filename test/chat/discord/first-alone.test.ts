import { expect, it } from 'vitest';
import { createFirstAlone } from '../../../src/chat/discord/first-alone.ts';
import type { Outcome } from '../../../src/chat/platform.ts';

const sent: Outcome = { kind: 'sent', messageId: '1' };
const refused: Outcome = { kind: 'later', reason: 'A page.', everywhere: 'refused', afterMs: 5_000 };

/** Posts several cards side by side; returns what became of them, and how many were really asked for. */
const postAll = async (firstAlone: ReturnType<typeof createFirstAlone>, outcome: Outcome, count = 3) => {
  let asked = 0;
  const post = async (): Promise<Outcome> => {
    asked += 1;
    return outcome;
  };
  return { outcomes: await Promise.all(Array.from({ length: count }, () => firstAlone(post))), asked: () => asked };
};

it("where all is refused one card is asked for, and the wait is that one card's", async () => {
  const { outcomes, asked } = await postAll(
    createFirstAlone(() => 0),
    refused,
  );
  expect(asked()).toBe(1);
  expect(outcomes.map((it) => 'afterMs' in it && it.afterMs)).toEqual([5_000, false, false]);
});

it('after a refusal of all, the next card goes alone again, however lately one was taken', async () => {
  const firstAlone = createFirstAlone(() => 0);
  await postAll(firstAlone, sent, 1);
  await postAll(firstAlone, refused, 1);
  expect((await postAll(firstAlone, refused)).asked()).toBe(1);
});

it('where one was taken lately, or only the limit of requests is reached, all are asked for', async () => {
  const firstAlone = createFirstAlone(() => 0);
  expect((await postAll(firstAlone, sent)).asked()).toBe(3);
  expect((await postAll(firstAlone, { ...refused, everywhere: 'throttled' })).asked()).toBe(3);
});

import { expect, test } from 'vitest';
import { viewsForPrograms } from '../../src/app/views-for-programs.ts';
import { createBoardPlatform } from '../../src/chat/board/board-platform.ts';
import { nvidiaEn } from '../board/board-view.ts';
import { createDeliveryFixture } from '../delivery/delivery-fixture.ts';

test('a feed has the cards of the board in one language, without those that are about one channel alone', async () => {
  const fixture = await createDeliveryFixture();
  await fixture.addChannel('board', 'local');
  await fixture.enqueueSlide('NVDA');
  await fixture.enqueueKind('test');
  await fixture.createCourier([createBoardPlatform()]).run(fixture.now);
  await fixture.createCourier([createBoardPlatform()]).run(fixture.now);
  expect((await fixture.rows()).map(({ state }) => state)).toEqual(['sent', 'sent']);
  const kinds: string[] = [];
  const parts = {
    store: fixture.store,
    curated: [],
    posted: ({
      stories,
      ...batch
    }: {
      readonly stories: readonly { readonly kind: string }[];
      readonly id: number;
    }) => {
      kinds.push(...stories.map(({ kind }) => kind));
      return { ...nvidiaEn, ...batch };
    },
  };
  const { feed } = viewsForPrograms(parts as unknown as Parameters<typeof viewsForPrograms>[0]);
  const { instance, cards } = await feed('ko', 10);
  expect(instance).toMatch(/^[0-9a-z]{6}$/);
  expect(cards.map(({ language }) => language)).toEqual(['ko']);
  expect(kinds).toEqual(['slide']);
});

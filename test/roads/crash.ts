import type { App } from '../../src/app/app.ts';
import { readPosted } from '../../src/store/posted.ts';
import { alertLine } from '../slides/samples.ts';
import { at, MINUTE } from './market.ts';
import type { Stage } from './stage.ts';

const [MON, TUE, WED, THU] = ['2025-06-02', '2025-06-03', '2025-06-04', '2025-06-05'] as const;

export const BEFORE = at('2025-06-01', '18:00');

/** One card: its stories by their headlines, and words that it must hold. */
export interface Expected {
  readonly told: readonly string[];
  readonly says: readonly string[];
}

/** All that the crash may post, in this order. */
export const CARDS: readonly Expected[] = [
  {
    told: ['NVDA 252/10 2025-06-03', 'TSLA day 7 2025-06-03', 'IXIC 252/5 2025-06-03'],
    says: ['NVDA −12.0', 'TSLA −8.0', 'IXIC −5.2'],
  },
  { told: ['MSFT 252/20 2025-06-03 late'], says: ['21.0%', '$624 billion'] },
  { told: ['MAG7 value 500 2025-06-03 late'], says: ['6.6%', '$500 billion', '$996 billion'] },
  { told: ['NVDA 252/20 2025-06-04'], says: ['21.0%', '$7.90', '10.00', '$517 billion'] },
  { told: ['MAG7 value 1000 2025-06-04'], says: ['8.0%', '$1 trillion', '$1.22 trillion'] },
];

/** The cards that were sent to a platform, oldest first, each as the headlines of its stories. */
export const sentTo = async (app: App, platform: string): Promise<string[][]> => {
  const batches = await readPosted(app.store.db, platform, 100);
  return batches.toReversed().map(({ stories }) =>
    stories.map((story) => {
      if (story.kind !== 'slide') return story.kind;
      const { symbol, late } = story;
      const [headline] = story.alerts;
      const level = headline ? alertLine(headline) : 'nothing';
      return `${symbol} ${level}${late ? ' late' : ''}`;
    }),
  );
};

/** A message's text with plain spaces. */
export const plain = (message: unknown): string => JSON.stringify(message).replace(/\s/g, ' ');

export const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Four sessions from a Sunday evening on. Monday is quiet, but for a zero and for a price that is 20 % down and stale.
 * Tuesday at 10:30 three fall at once; at 12:00 Yahoo throttles everything for 45 minutes in which Microsoft falls.
 * In the night Nvidia splits 10:1; on Wednesday at 11:00 it falls further. On Thursday nothing happens.
 */
export const playCrash = async ({ market, yahoo, run, wake, set, clock }: Stage, app: App): Promise<void> => {
  await wake(app, clock());

  const until = (day: string, time: string): Promise<void> => run(app, at(day, time));
  const begin = async (day: string): Promise<void> => {
    set(at(day, '09:20'));
    await until(day, '09:30');
  };
  const end = async (day: string): Promise<void> => {
    await until(day, '16:00');
    market.close(day);
    await until(day, '16:20');
  };

  await begin(MON);
  await until(MON, '11:00');
  const zeroAt = at(MON, '11:01');
  market.trade(zeroAt);
  yahoo.setQuote('AAPL', { price: 0, time: zeroAt - 1_000 });
  await wake(app, zeroAt);
  await until(MON, '13:00');
  for (let now = at(MON, '13:01'); now <= at(MON, '13:30'); now += MINUTE) {
    market.trade(now, ['META']);
    yahoo.setQuote('META', null);
    await wake(app, now);
  }
  for (const now of [at(MON, '13:31'), at(MON, '13:32')]) {
    market.trade(now);
    yahoo.setQuote('META', { price: 480, time: now - 20 * MINUTE });
    await wake(app, now);
  }
  await end(MON);

  await begin(TUE);
  await until(TUE, '10:30');
  market.move('NVDA', 0.88);
  market.move('TSLA', 0.92);
  market.move('^IXIC', 0.948);
  await until(TUE, '12:00');
  yahoo.fail({ fault: 'edge-429', times: Number.POSITIVE_INFINITY });
  await until(TUE, '12:20');
  market.move('MSFT', 0.79);
  await until(TUE, '12:45');
  yahoo.heal();
  await end(TUE);

  market.splitTenForOne('NVDA', WED);
  await begin(WED);
  await until(WED, '11:00');
  market.move('NVDA', 0.79);
  await end(WED);

  await begin(THU);
  await end(THU);
};

import type { App } from '../../src/app/app.ts';
import { readPosted } from '../../src/store/posted.ts';
import { MINUTE_MS } from '../../src/util/durations.ts';
import { alertLine } from '../slides/samples.ts';
import { at } from './market.ts';
import type { Stage } from './stage.ts';

const [MON, TUE, WED, THU] = ['2025-06-02', '2025-06-03', '2025-06-04', '2025-06-05'] as const;

export const BEFORE = at('2025-06-01', '18:00');

/** An expected card: the headlines of its stories, and texts that it must contain. */
export interface Expected {
  readonly headlines: readonly string[];
  readonly texts: readonly string[];
}

/** Every card of the crash, in order. */
export const CARDS: readonly Expected[] = [
  {
    headlines: ['NVDA 252/10 2025-06-03', 'TSLA day 7 2025-06-03', 'IXIC 252/5 2025-06-03'],
    texts: ['NVDA −12.0', 'TSLA −8.0', 'IXIC −5.2'],
  },
  { headlines: ['MSFT 252/20 2025-06-03 late'], texts: ['21.0%', '$624 billion'] },
  { headlines: ['MAG7 value 500 2025-06-03 late'], texts: ['6.6%', '$500 billion', '$996 billion'] },
  { headlines: ['NVDA 252/20 2025-06-04'], texts: ['21.0%', '$7.90', '10.00', '$517 billion'] },
  { headlines: ['MAG7 value 1000 2025-06-04'], texts: ['8.0%', '$1 trillion', '$1.22 trillion'] },
];

/** The cards posted on a platform, oldest first, each as the headlines of its stories. */
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

/** A message's text with plain spaces, and without the joiners that keep a line from breaking. */
export const plain = (message: unknown): string => JSON.stringify(message).replace(/\s/g, ' ').replaceAll('\u2060', '');

export const PNG_SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');

/**
 * Plays four sessions, from Sunday evening. Monday is quiet, except for a price of 0 and a stale price 20 % down. On
 * Tuesday three symbols fall at 10:30; from 12:00 Yahoo throttles everything for 45 minutes, during which Microsoft
 * falls. Overnight Nvidia splits 10:1, and falls further on Wednesday at 11:00. Thursday is quiet.
 */
export const playCrash = async ({ market, yahoo, run, runJobs, set, clock }: Stage, app: App): Promise<void> => {
  await runJobs(app, clock());

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
  await runJobs(app, zeroAt);
  await until(MON, '13:00');
  for (let now = at(MON, '13:01'); now <= at(MON, '13:30'); now += MINUTE_MS) {
    market.trade(now, ['META']);
    yahoo.setQuote('META', null);
    await runJobs(app, now);
  }
  for (const now of [at(MON, '13:31'), at(MON, '13:32')]) {
    market.trade(now);
    yahoo.setQuote('META', { price: 480, time: now - 20 * MINUTE_MS });
    await runJobs(app, now);
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

import type { Translator } from '../i18n/catalogue.ts';
import { formatNumber } from '../i18n/numbers.ts';
import { changePercent, formatChange } from '../i18n/percent.ts';
import type { Fall } from '../slides/past-falls.ts';
import type { Table } from './card.ts';

/** Falls with their dates, numeric so that a phone has room: peak, depth, trough, sessions down and sessions back up. */
export const fallTable = (words: Translator, falls: readonly Fall[]): Table => {
  const count = (sessions: number): string => formatNumber(words.language, sessions, {});
  return {
    columns: [
      { title: words.say('drawdown.column.peak'), align: 'left' },
      { title: words.say('drawdown.column.depth'), align: 'right' },
      { title: words.say('drawdown.column.trough'), align: 'left' },
      { title: words.say('drawdown.column.down'), align: 'right' },
      { title: words.say('drawdown.column.back'), align: 'right' },
    ],
    rows: falls.map(({ peak, trough, recovered }) => [
      peak.session,
      formatChange(words, changePercent(trough.price, peak.price)),
      trough.session,
      count(trough.at - peak.at),
      recovered ? count(recovered.at - trough.at) : words.say('drawdown.not_yet'),
    ]),
  };
};

import type { CloudQuarters } from '../facts/cloud-quarters.ts';
import { sumOfMillions } from '../facts/exact-sum.ts';
import type { Fact } from '../facts/fact.ts';
import { billionsMark, formatUsdMillions, usdMark } from '../i18n/amounts.ts';
import type { Translator } from '../i18n/catalogue.ts';
import { formatPeriod } from '../i18n/dates.ts';
import { joinNames, nameInList } from '../i18n/names.ts';
import { wholePercent } from '../i18n/percent.ts';
import type { ReturnChart } from '../stories/chart-spec.ts';
import type { Picture } from './card.ts';
import { calendarQuarterMark, pictureName } from './picture.ts';

/** Capex beside cloud revenue, or no picture if their quarters are not known. `ai` is AI revenue at a year's pace. */
export const returnPicture = (
  words: Translator,
  told: CloudQuarters | undefined,
  ai: readonly Fact[],
): { readonly picture?: Picture } => {
  const newest = told?.quarters.at(-1);
  if (!told || !newest) return {};
  const chart: ReturnChart = {
    kind: 'return',
    symbols: told.subjects,
    quarters: told.quarters.map(({ quarter, capex, revenue, recast }) => ({
      name: calendarQuarterMark(quarter.end),
      capex,
      parts: revenue,
      spent: billionsMark(capex),
      revenue: billionsMark(sumOfMillions(revenue)),
      ...(recast && { recast }),
    })),
    newest: {
      spent: usdMark(newest.capex),
      ...(told.yoyPercent !== undefined && { yoy: wholePercent(told.yoyPercent) }),
      ...(told.isLatest && { amounts: newest.revenue.map((value) => usdMark(value)) }),
    },
    pace: ai.flatMap(({ subject, metric, value }) =>
      value === undefined ? [] : [{ symbol: subject, amount: usdMark(value, metric === 'ai_run_rate') }],
    ),
  };
  const first = told.quarters[0];
  const names = joinNames(
    words,
    told.subjects.map((subject) => nameInList(words, subject)),
  );
  const values = (first && first !== newest ? [first, newest] : [newest]).map(({ quarter, capex, revenue }) =>
    words.say('bill-picture.return-quarter', {
      capex: formatUsdMillions(words, capex),
      revenue: formatUsdMillions(words, sumOfMillions(revenue)),
      period: formatPeriod(words, quarter.start, quarter.end),
    }),
  );
  return {
    picture: {
      name: pictureName('return', newest.quarter.end),
      alt: words.say('bill-picture.return-alt', { names, values: values.join('; ') }),
      chart,
    },
  };
};

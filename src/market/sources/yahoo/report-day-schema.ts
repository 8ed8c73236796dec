import { z } from 'zod';
import { newYorkDay } from '../../exchange-time.ts';
import type { ReportOn } from '../../source.ts';
import { instantSchema } from './values.ts';

/**
 * A quoteSummary answer with the module calendarEvents, as the first day on which a report is expected. A range of days
 * counts as an estimate whatever the flag says. Undefined if no day is given.
 */
export const reportDaySchema = z
  .object({
    quoteSummary: z.object({
      result: z.tuple([
        z.object({
          calendarEvents: z.object({
            earnings: z.object({
              earningsDate: z.array(instantSchema).default([]),
              isEarningsDateEstimate: z.boolean().nullish(),
            }),
          }),
        }),
      ]),
    }),
  })
  .transform(({ quoteSummary: { result } }): ReportOn | undefined => {
    const { earningsDate, isEarningsDateEstimate } = result[0].calendarEvents.earnings;
    const [first] = earningsDate.toSorted((a, b) => a - b);
    if (first === undefined) return undefined;
    return { day: newYorkDay(first), estimated: isEarningsDateEstimate === true || earningsDate.length > 1 };
  });

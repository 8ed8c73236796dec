import { join } from 'node:path';
import { z } from 'zod';
import { readConfig, root } from '../util/read-config.ts';
import { TIME_OF_DAY } from '../util/time-of-day.ts';
import { isTimeZone } from '../util/time-zone.ts';
import { type Calendar, createCalendar } from './calendar.ts';

const day = z.iso.date({ error: 'expected a date, YYYY-MM-DD in quotes' });
const time = z.string().regex(TIME_OF_DAY, 'expected a time, HH:MM in quotes');

const calendarTable = z.strictObject({
  timeZone: z.string().refine(isTimeZone, 'expected a time zone like America/New_York'),
  open: time,
  close: time,
  earlyClose: time,
  from: day,
  to: day,
  closed: z.record(day, z.string()),
  early: z.array(day),
});

/** Reads the trading calendar. @throws ConfigError naming file and line. */
export const loadCalendar = (path = join(root, 'config/calendar.yaml')): Calendar =>
  createCalendar(readConfig(path, calendarTable));

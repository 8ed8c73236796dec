import { z } from 'zod';

/** Epoch milliseconds of a time that Yahoo gives in seconds. */
export const instant = z.number().transform((seconds) => seconds * 1000);

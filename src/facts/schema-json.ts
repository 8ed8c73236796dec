import { z } from 'zod';
import { shelfSchema } from './shelf-schema.ts';

/** The JSON Schema in config/facts/schema.json, by which editors check and complete the fact files. */
export const shelfJsonSchema = (): object => ({
  ...z.toJSONSchema(shelfSchema, { io: 'input' }),
  title: 'Facts about one subject',
});

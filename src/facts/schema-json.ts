import { z } from 'zod';
import { factFileSchema } from './fact-file-schema.ts';

/** The JSON Schema in config/facts/schema.json, by which editors check and complete the fact files. */
export const factFileJsonSchema = (): object => ({
  ...z.toJSONSchema(factFileSchema, { io: 'input' }),
  title: 'Facts about one subject',
});

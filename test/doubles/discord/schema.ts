import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Discord's own description of its API; it lies beside the repository where there is one. */
const SPEC = join(import.meta.dirname, '../../../../shared/specs/discord-openapi.json');

let compiled: ValidateFunction | null | undefined;

/** What Discord's description has against a message body, path first; nothing where the description is not there. */
export const schemaFaults = (body: unknown): string[] => {
  const validate = messageSchema();
  if (validate === null || validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
};

const messageSchema = (): ValidateFunction | null => {
  compiled ??= existsSync(SPEC) ? compile() : null;
  return compiled;
};

const compile = (): ValidateFunction => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ['snowflake', 'nonce']) ajv.addFormat(format, true);
  const { components } = JSON.parse(readFileSync(SPEC, 'utf8'));
  ajv.addSchema({ $id: 'discord', components });
  return ajv.compile({ $ref: 'discord#/components/schemas/MessageCreateRequest' });
};

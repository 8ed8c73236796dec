import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

/** Discord's own description of its API; it lies beside the repository where there is one. */
const SPEC = join(import.meta.dirname, '../../../../shared/specs/discord-openapi.json');

/** Bodies by their name in Discord's description. */
export type Described =
  | 'MessageCreateRequest'
  | 'IncomingWebhookInteractionRequest'
  | 'IncomingWebhookUpdateRequestPartial'
  | 'ApplicationCommandAutocompleteCallbackRequest'
  | 'CreateMessageInteractionCallbackRequest'
  | 'UpdateMessageInteractionCallbackRequest'
  | 'ApplicationCommandUpdateRequest';

let described: Ajv2020 | null | undefined;
const compiled = new Map<Described, ValidateFunction>();

/** What Discord's description has against a body, path first; nothing where the description is not there. */
export const schemaFaults = (body: unknown, name: Described = 'MessageCreateRequest'): string[] => {
  described ??= existsSync(SPEC) ? read() : null;
  if (described === null) return [];
  const validate = compiled.get(name) ?? described.compile({ $ref: `discord#/components/schemas/${name}` });
  compiled.set(name, validate);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
};

const read = (): Ajv2020 => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ['snowflake', 'nonce']) ajv.addFormat(format, true);
  const { components } = JSON.parse(readFileSync(SPEC, 'utf8'));
  ajv.addSchema({ $id: 'discord', components });
  return ajv;
};

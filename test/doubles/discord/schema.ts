import { readFileSync } from 'node:fs';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { sharedPath } from '../../shared.ts';

/** Bodies by their name in Discord's description. */
export type Described =
  | 'MessageCreateRequest'
  | 'MessageEditRequestPartial'
  | 'IncomingWebhookInteractionRequest'
  | 'IncomingWebhookUpdateRequestPartial'
  | 'ApplicationCommandAutocompleteCallbackRequest'
  | 'CreateMessageInteractionCallbackRequest'
  | 'UpdateMessageInteractionCallbackRequest'
  | 'ApplicationCommandUpdateRequest';

let described: Ajv2020 | null | undefined;
const compiled = new Map<Described, ValidateFunction>();

/** What Discord's own description of its API has against a body, path first; nothing where that is not there. */
export const schemaFaults = (body: unknown, name: Described = 'MessageCreateRequest'): string[] => {
  described ??= read();
  if (described === null) return [];
  const validate = compiled.get(name) ?? described.compile({ $ref: `discord#/components/schemas/${name}` });
  compiled.set(name, validate);
  if (validate(body)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath}: ${message}`);
};

const read = (): Ajv2020 | null => {
  const path = sharedPath('specs/discord-openapi.json');
  if (path === undefined) return null;
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats.default(ajv);
  for (const format of ['snowflake', 'nonce']) ajv.addFormat(format, true);
  const { components } = JSON.parse(readFileSync(path, 'utf8'));
  ajv.addSchema({ $id: 'discord', components });
  return ajv;
};

import { type Answer, failure, invalidForm } from './answer.ts';
import { type Asked, isLate } from './asked.ts';
import { isRecord } from './components.ts';
import type { Route } from './route.ts';
import { ruleFaults } from './rules.ts';
import { type Described, schemaFaults } from './schema.ts';

const UNKNOWN_INTERACTION = failure(404, 10062, 'Unknown interaction');
const ACKNOWLEDGED = failure(400, 40060, 'Interaction has already been acknowledged.');
const EPHEMERAL = 1 << 6;

/** Which first signs each kind of interaction may be given, and the body of each. */
const SIGNS: Readonly<Record<Asked['kind'], Readonly<Record<number, Described>>>> = {
  command: { 4: 'CreateMessageInteractionCallbackRequest', 5: 'CreateMessageInteractionCallbackRequest' },
  click: {
    4: 'CreateMessageInteractionCallbackRequest',
    5: 'CreateMessageInteractionCallbackRequest',
    6: 'UpdateMessageInteractionCallbackRequest',
    7: 'UpdateMessageInteractionCallbackRequest',
  },
  typing: { 8: 'ApplicationCommandAutocompleteCallbackRequest' },
};

/** The first sign of an interaction, due within three seconds, and no second one. */
export const takeCallback: Route = {
  method: 'POST',
  path: /^\/interactions\/(\d+)\/([^/]+)\/callback$/,
  token: false,
  limited: false,
  answer: ({ world, params: [id, token], payload, files }): Answer => {
    const asked = world.asked.find((each) => each.id === id && each.token === token);
    if (asked === undefined || isLate(asked, world.now())) return UNKNOWN_INTERACTION;
    if (asked.acknowledgedAt !== undefined) return ACKNOWLEDGED;
    const { type, data = {} } = isRecord(payload) ? payload : {};
    const sign = SIGNS[asked.kind][Number(type)];
    const faults =
      sign === undefined
        ? [`type ${type}: not for a ${asked.kind}`]
        : [...schemaFaults(payload, sign), ...(type === 4 || type === 7 ? ruleFaults(data, files, 'answer') : [])];
    if (faults.length > 0 || !isRecord(data)) {
      world.invalid.push({ channelId: asked.channelId, payload, faults });
      return invalidForm(faults);
    }
    asked.acknowledgedAt = world.now();
    asked.callback = Number(type);
    if (type === 8) asked.choices = data.choices;
    if (type === 7 && asked.original !== undefined) Object.assign(asked.original, { payload: data, files });
    if (type === 4 || type === 5) {
      const ephemeral = asked.quiet || (Number(data.flags ?? 0) & EPHEMERAL) !== 0;
      const thinking = type === 5;
      asked.original = { id: world.newId(), payload: thinking ? {} : data, files, ephemeral, thinking };
      asked.shown = [asked.original];
    }
    return { status: 204 };
  },
};

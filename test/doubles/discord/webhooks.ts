import { type Answer, failure, invalidForm, UNKNOWN_MESSAGE } from './answer.ts';
import { type Asked, type Shown, TOKEN_MS } from './asked.ts';
import { isRecord } from './components.ts';
import type { Call, Route } from './route.ts';
import { ruleFaults } from './rules.ts';
import { type Described, schemaFaults } from './schema.ts';
import type { World } from './world.ts';

const UNKNOWN_WEBHOOK = failure(404, 10015, 'Unknown Webhook');
/** Follow-ups where the bot is no member. Source: Discord's documentation, "Followup Messages". */
const MOST_ABROAD = 5;
const TOO_MANY_FOLLOW_UPS = failure(400, 40094, 'This interaction has hit the maximum number of follow up messages');
const EXPIRED = failure(401, 50027, 'Invalid Webhook Token');
const EPHEMERAL = 1 << 6;
/** Set while a deferral waits for its answer. */
const LOADING = 1 << 7;
const IS_COMPONENTS_V2 = 1 << 15;

const ORIGINAL = /^\/webhooks\/(\d+)\/([^/]+)\/messages\/@original$/;
/** The token in the path is the secret, for fifteen minutes from the interaction. */
const byToken = { token: false, limited: false } as const;

export const getOriginal: Route = {
  ...byToken,
  method: 'GET',
  path: ORIGINAL,
  answer: (call) =>
    withAsked(call, ({ channelId, original }) =>
      original === undefined ? UNKNOWN_MESSAGE : { status: 200, body: messageOf(call.world, channelId, original) },
    ),
};

export const editOriginal: Route = {
  ...byToken,
  method: 'PATCH',
  path: ORIGINAL,
  answer: (call) =>
    withAsked(call, (asked) => {
      const { original } = asked;
      if (original === undefined) return UNKNOWN_MESSAGE;
      const faults = [
        ...faultsOf(call, 'IncomingWebhookUpdateRequestPartial'),
        ...(isV2(original.payload) && !isV2(call.payload) ? ['flags: IS_COMPONENTS_V2 cannot be taken back'] : []),
      ];
      return checked(call, asked, faults, (payload) => {
        const kept = payload.attachments === undefined ? original.files : [];
        Object.assign(original, { payload, files: [...kept, ...call.files], thinking: false });
        return original;
      });
    }),
};

export const deleteOriginal: Route = {
  ...byToken,
  method: 'DELETE',
  path: ORIGINAL,
  answer: (call) =>
    withAsked(call, (asked) => {
      if (asked.original === undefined) return UNKNOWN_MESSAGE;
      const { original } = asked;
      asked.shown = asked.shown.filter((each) => each !== original);
      asked.original = undefined;
      return { status: 204 };
    }),
};

/** A further message. While a deferral waits for its answer, it takes that one's place, and who sees it stays as it was. */
export const followUp: Route = {
  ...byToken,
  method: 'POST',
  path: /^\/webhooks\/(\d+)\/([^/]+)$/,
  answer: (call) =>
    withAsked(call, (asked) => {
      if (asked.abroad && asked.followUps >= MOST_ABROAD) return TOO_MANY_FOLLOW_UPS;
      return checked(call, asked, faultsOf(call, 'IncomingWebhookInteractionRequest'), (payload) => {
        const { original } = asked;
        asked.followUps += 1;
        if (original?.thinking) return Object.assign(original, { payload, files: call.files, thinking: false });
        const ephemeral = asked.quiet || (Number(payload.flags ?? 0) & EPHEMERAL) !== 0;
        const shown: Shown = { id: call.world.newId(), payload, files: call.files, ephemeral, thinking: false };
        asked.shown = [...asked.shown, shown];
        return shown;
      });
    }),
};

const withAsked = ({ world, params: [applicationId, token] }: Call, then: (asked: Asked) => Answer): Answer => {
  const asked = world.asked.find((each) => each.token === token);
  if (applicationId !== world.applicationId || asked?.acknowledgedAt === undefined) return UNKNOWN_WEBHOOK;
  return world.now() - asked.at > TOKEN_MS ? EXPIRED : then(asked);
};

const faultsOf = ({ payload, files }: Call, name: Described): string[] => [
  ...schemaFaults(payload, name),
  ...ruleFaults(payload, files, 'answer'),
];

const checked = (
  { world, payload }: Call,
  { channelId }: Asked,
  faults: readonly string[],
  apply: (payload: Record<string, unknown>) => Shown,
): Answer => {
  if (faults.length > 0 || !isRecord(payload)) {
    world.invalid.push({ channelId, payload, faults });
    return invalidForm(faults);
  }
  return { status: 200, body: messageOf(world, channelId, apply(payload)) };
};

const messageOf = (world: World, channelId: string, { id, payload, ephemeral, thinking }: Shown) => ({
  id,
  channel_id: channelId,
  type: 20,
  author: { id: world.applicationId, username: 'slidewatch', discriminator: '0000', bot: true },
  content: payload.content ?? '',
  components: payload.components ?? [],
  flags: Number(payload.flags ?? 0) | (ephemeral ? EPHEMERAL : 0) | (thinking ? LOADING : 0),
});

const isV2 = (payload: unknown): boolean => isRecord(payload) && (Number(payload.flags ?? 0) & IS_COMPONENTS_V2) !== 0;

/** What the workspace holds: its channels, messages and files. */
export interface Channel {
  readonly id: string;
  readonly isPrivate: boolean;
  archived: boolean;
  /** Whether the bot was invited. */
  member: boolean;
  /** Shared with another workspace, whose admins allow no files there. */
  withoutFiles?: boolean;
  /** Oldest first. */
  readonly messages: Message[];
  /** Epoch milliseconds of the last post that was taken. */
  lastPostAt: number;
}

export interface Message {
  readonly ts: string;
  text: string;
  blocks: readonly unknown[];
  metadata: unknown;
  /** How often chat.update changed it. */
  edits: number;
  readonly byBot: boolean;
  /** The thread it stands in. */
  readonly threadTs?: string | undefined;
}

/** A message that one person sees. */
export interface Ephemeral extends Message {
  readonly channelId: string;
  readonly userId: string;
}

export interface StoredFile {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  bytes: Buffer | undefined;
  completed: boolean;
  /** files.info calls left until the file is processed. */
  pollsLeft: number;
}

/** A person of the workspace, as users.info tells of them. */
export interface Member {
  readonly admin?: boolean;
  readonly owner?: boolean;
  /** What Slack shows; none where absent. */
  readonly name?: string;
  /** `en-US` and the like; the workspace's where absent. */
  readonly locale?: string | null;
  /** IANA name; New York's where absent. */
  readonly tz?: string | null;
  /** Fields that users.info leaves out. */
  readonly without?: readonly string[];
  /** Channels that this person has left or never joined; of all others everybody is a member. */
  readonly outside?: readonly string[];
}

/** A view as our app sent it, and who sees it. */
export interface OpenView {
  readonly id: string;
  readonly userId: string;
  view: Readonly<Record<string, unknown>>;
  /** How often views.update changed it. */
  edits: number;
  /** What Slack shows beside its fields, by block. */
  errors: Readonly<Record<string, string>>;
}

export class SlackError extends Error {
  readonly code: string;
  readonly extra: Readonly<Record<string, unknown>>;

  constructor(code: string, extra: Readonly<Record<string, unknown>> = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }
}

export interface WorkspaceOptions {
  readonly botToken: string;
  readonly appToken: string;
  readonly scopes: readonly string[];
  /** Least time between two posts to one channel, in milliseconds. */
  readonly postGapMs: number;
  /** How many files.info calls see a file unprocessed. */
  readonly processingPolls: number;
  /** Everybody's language where users.info names none of their own. */
  readonly locale: string;
  readonly now: () => number;
}

export interface Workspace {
  readonly people: Map<string, Member>;
  /** What App Home shows, by person. */
  readonly homes: Map<string, OpenView>;
  /** Open modals, the topmost last. */
  readonly modals: OpenView[];
  /** When a trigger_id was handed out, epoch milliseconds; each opens one view. */
  readonly triggers: Map<string, number>;
  /** The channels of direct messages, by person. */
  readonly direct: Map<string, string>;
  readonly options: WorkspaceOptions;
  readonly channels: Map<string, Channel>;
  readonly ephemerals: Ephemeral[];
  readonly files: Map<string, StoredFile>;
  /** Why a token is refused, by token. */
  readonly refused: Map<string, string>;
  readonly disabledGroups: Set<string>;
  /** The handles of other user groups by id. */
  readonly groups: Map<string, string>;
  scopes: readonly string[];
  /** The workspace that events name beside the one where the app is installed; that of a partner with Slack Connect. */
  outerTeam: string | undefined;
  processingPolls: number;
  /** The next message's timestamp, unique in the workspace: seconds with six decimals. */
  nextTs(): string;
  nextFileId(): string;
}

export const createWorkspace = (options: WorkspaceOptions): Workspace => {
  let lastMicros = 0;
  let fileCount = 0;
  return {
    options,
    channels: new Map(),
    people: new Map(),
    homes: new Map(),
    modals: [],
    triggers: new Map(),
    direct: new Map(),
    ephemerals: [],
    files: new Map(),
    refused: new Map(),
    disabledGroups: new Set(),
    groups: new Map(),
    scopes: options.scopes,
    outerTeam: undefined,
    processingPolls: options.processingPolls,
    nextTs: () => {
      lastMicros = Math.max(lastMicros + 1, options.now() * 1_000);
      return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`;
    },
    nextFileId: () => {
      fileCount += 1;
      return `F${String(fileCount).padStart(10, '0')}`;
    },
  };
};

/** What Slack's processing finds in the bytes. */
const mediaType = (bytes: Buffer): string =>
  bytes.subarray(0, 8).equals(Buffer.from('89504e470d0a1a0a', 'hex')) ? 'image/png' : 'application/octet-stream';

/** Undefined until the file is uploaded, completed and processed. */
export const processedType = (file: StoredFile | undefined): string | undefined =>
  file?.bytes !== undefined && file.completed && file.pollsLeft <= 0 ? mediaType(file.bytes) : undefined;

/** The channel as the bot may see it: a private one it is not in does not exist. */
export const visibleChannel = (workspace: Workspace, id: string): Channel => {
  const channel = workspace.channels.get(id);
  if (channel === undefined || (channel.isPrivate && !channel.member)) throw new SlackError('channel_not_found');
  return channel;
};

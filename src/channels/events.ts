/** What platforms tell of by themselves. Handlers never reject. */
export interface PlatformEvents {
  /** The bot has come to a place: into a channel (Slack), or to a server, whose first channel to write in is named (Discord). */
  invited(event: {
    readonly platform: string;
    readonly workspace: string;
    readonly address: string;
    /** The platform's id of whoever invited it, where it says so. */
    readonly by?: string;
    /** The person's or the server's locale, where it says so. */
    readonly locale?: string;
    /** True where that very channel was meant: it becomes a destination at once. */
    readonly destination: boolean;
  }): Promise<void>;
  /** The bot was thrown out of a server or workspace (all channels there), or of one channel. */
  removed(event: {
    readonly platform: string;
    readonly workspace?: string;
    readonly address?: string;
    readonly reason: string;
    /** True where it may come back without an invitation: archived, or the app's tokens revoked. `changed` tells that it has. */
    readonly mayReturn?: boolean;
  }): Promise<void>;
  /**
   * Permissions may have changed there, or it is back: what is paused is tried again now. A channel that went away and may
   * return is a destination again where it is named, those that went with their workspace where that is.
   */
  changed(event: { readonly platform: string; readonly workspace?: string; readonly address?: string }): Promise<void>;
}

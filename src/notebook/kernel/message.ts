/** First part of a Jupyter message: who sent what, when. */
export interface Header {
  readonly msg_id: string;
  readonly session: string;
  readonly username: string;
  /** ISO 8601. */
  readonly date: string;
  readonly msg_type: string;
  /** Version of the messaging protocol. */
  readonly version: string;
}

/** One message of the Jupyter protocol, decoded. Field names are the protocol's own. */
export interface Message {
  /** Routing prefix of the ZeroMQ socket; on iopub the topic. */
  readonly idents: readonly Uint8Array[];
  readonly header: Header;
  /** Header of the message this one answers; empty when it answers none. */
  readonly parent_header: Header | Record<string, never>;
  readonly metadata: Readonly<Record<string, unknown>>;
  readonly content: Readonly<Record<string, unknown>>;
  /** Binary attachments; never part of the signature. */
  readonly buffers: readonly Uint8Array[];
}

/** Version of the Jupyter messaging protocol that the kernel speaks. */
export const PROTOCOL_VERSION = '5.3';

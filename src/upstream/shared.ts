/** What all replicas of the gateway have in common, as far as the upstream needs it; Redis is behind it. */
export interface Shared {
  /** This replica's name among the others. */
  readonly id: string;
  /** While it is lost, each replica continues alone. */
  isUp(): boolean;
  /** It was lost a moment ago, and may still be for others. */
  isJustBack(): boolean;
  /** How many replicas there are, this one included, or were when it was lost. */
  replicas(): number;
  /** While it is lost: milliseconds until the other replicas have noticed that this one is alone. */
  unnoticedMs(): number;
  /** Runs a Lua script, which finds the shared time as `now` and touches no key but these. Rejects soon when there is no response, and is then lost. */
  run(lua: string, keys: string[], args: (string | number | Buffer)[]): Promise<unknown>;
  /** Receives what the scripts of all replicas `publish` on the topic. */
  listen(topic: string, listener: (text: string) => void): void;
  /** Resolves when everything has been received that was published before. Rejects soon without a response. */
  catchUp(): Promise<void>;
  /** Each time that the connection is restored: messages may have been missed meanwhile. */
  onBack(listener: () => void): void;
}

/** A question that may take long. */
export interface WatchRequest {
  /** Name to ask `progressOf` by while it is answered. */
  readonly watch?: string | undefined;
}

/** PMTiles over a buffer that is already on the phone: no range request, so it works with no network at all. */
import type { RangeResponse, Source } from "pmtiles";

export class BufferSource implements Source {
  constructor(
    private readonly key: string,
    private readonly buffer: ArrayBuffer,
  ) {}

  getKey(): string {
    return this.key;
  }

  /** Answers short at the end of the file, as a server would; refuses to start beyond it. */
  async getBytes(offset: number, length: number, signal?: AbortSignal): Promise<RangeResponse> {
    signal?.throwIfAborted();
    if (offset < 0 || offset >= this.buffer.byteLength)
      throw new RangeError(`offset ${offset} is outside a file of ${this.buffer.byteLength} bytes`);
    return { data: this.buffer.slice(offset, offset + length) };
  }
}

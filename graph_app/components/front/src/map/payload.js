// What the server sends: a head in JSON and packed arrays, so that 100,000 nodes are a few megabytes and no objects.
const TYPES = { f4: Float32Array, i4: Int32Array, u1: Uint8Array };

export function open(bytes) {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
  const head = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + length)));
  let start = 4 + length;
  const parts = head.parts.map((part) => ({ arrays: part.arrays, content: bytes.subarray(start, (start += part.length)) }));
  return { head, parts };
}

export async function unpack({ arrays, content }) {
  const stream = new Blob([content]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  let start = 0;
  return Object.fromEntries(
    arrays.map(([name, kind, length]) => {
      const array = new TYPES[kind](buffer, start, length);
      start += array.byteLength;
      return [name, array];
    }),
  );
}

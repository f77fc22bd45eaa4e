/** A tile as the country's map has them: pale, with streets, houses and names. */
export async function gsiTile(z: number, x: number, y: number): Promise<Uint8Array> {
  const canvas = new OffscreenCanvas(256, 256);
  const pen = canvas.getContext('2d')!;
  const street = (from: [number, number], to: [number, number], width: number) => {
    for (const [colour, more] of [['#b9b9b9', 2], ['#ffffff', 0]] as const) {
      pen.strokeStyle = colour;
      pen.lineWidth = width + more;
      pen.beginPath();
      pen.moveTo(...from);
      pen.lineTo(...to);
      pen.stroke();
    }
  };
  pen.fillStyle = '#f4f4f1';
  pen.fillRect(0, 0, 256, 256);
  pen.fillStyle = '#e2e2dd';
  for (let i = 0; i < 60; i += 1) pen.fillRect(((i * 37 + x * 11) % 240) + 4, ((i * 53 + y * 17) % 240) + 4, 9 + (i % 5), 7 + (i % 7));
  pen.fillStyle = '#c3dcea';
  if (y % 3 === 0) pen.fillRect(0, 150, 256, 26);
  street([60, 0], [60, 256], 5);
  street([0, 90], [256, 90], 4);
  street([0, 210], [256, 210], 7);
  pen.strokeStyle = '#e7c87e';
  pen.lineWidth = 5;
  pen.beginPath();
  pen.moveTo(0, 210);
  pen.lineTo(256, 210);
  pen.stroke();
  pen.fillStyle = '#333333';
  pen.font = '13px sans-serif';
  pen.fillText('見本中学校', 90, 60);
  pen.fillText(`塩浜 ${z}`, 150, 130);
  return new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
}

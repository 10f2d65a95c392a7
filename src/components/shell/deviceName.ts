/** A device's name in few words, where there is little room: drivers and browsers wrap it in much that says nothing here. */

/** What a part of the name is without the wrapping. */
const BARE: readonly (readonly [RegExp, string])[] = [
  // Firefox names a family of devices by one of them.
  [/, or similar$/i, ''],
  [/^ANGLE Metal Renderer: /i, ''],
  // "Vulkan 1.3.0 (SwiftShader Device (Subzero) (0x0000C0DE))": the device stands in the brackets.
  [/^Vulkan [\d.]+ \((.+)\)$/i, '$1'],
  // How Direct3D and OpenGL reach the device.
  [/ (?:Direct3D|OpenGL|D3D)\s?\d.*$/i, ''],
  [/\((?:R|TM|C)\)/gi, ''],
  [/ \(?0x[0-9a-f]+\)?/gi, ''],
  [/ \((?:LLVM|Subzero|KBL|CFL|TGL|SKL)[^)]*\)/gi, ''],
  [/^Mesa /i, ''],
  [/ Device$/i, ''],
  [/^google (?=swiftshader)/i, ''],
  [/^swiftshader$/i, 'SwiftShader'],
  [/\s{2,}/g, ' '],
];

/** Parts of a list, where commas within brackets part nothing. */
const partsOf = (list: string): string[] => {
  const parts = [''];
  let depth = 0;
  for (const character of list) {
    if (character === '(') depth++;
    else if (character === ')') depth--;
    if (character === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts.map((part) => part.trim());
};

/** "ANGLE (vendor, renderer, driver)" by its renderer; every name without versions, addresses and marks. */
export const shortDevice = (device: string): string => {
  const angle = /^ANGLE \((.*)\)$/.exec(device)?.[1];
  const renderer = angle === undefined ? device : (partsOf(angle)[1] ?? angle);
  return BARE.reduce((name, [pattern, bare]) => name.replace(pattern, bare), renderer).trim() || device;
};

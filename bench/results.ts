/** Keeps each benchmark's newest figures in RESULTS.md, in a section of its own. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { inRoot } from '../scripts/root.mjs';

const HEAD = '# Results\n\nFigures of the scripts in this folder, each with its date, machine and command.\n';

/** Processor, its cores and memory, in words. */
export const machine = (): string => {
  const cores = cpus();
  return `${String(cores.length)} × ${cores[0]?.model.trim() ?? 'unknown processor'}, ${String(Math.round(totalmem() / 2 ** 30))} GiB, Node ${process.versions.node}`;
};

/** Replaces the section `## title`, or adds it at the end. */
export const record = (title: string, body: string): void => {
  const path = inRoot('bench/RESULTS.md');
  const old = existsSync(path) ? readFileSync(path, 'utf8') : HEAD;
  const sections = old.split(/^(?=## )/m);
  const section = `## ${title}\n\n${body.trim()}\n`;
  const at = sections.findIndex((text) => text.startsWith(`## ${title}\n`));
  if (at >= 0) sections[at] = section;
  else sections.push(section);
  writeFileSync(path, `${sections.map((text) => text.trim()).join('\n\n')}\n`);
  // Tables are as wide as their widest cells.
  spawnSync(process.execPath, [inRoot('node_modules/prettier/bin/prettier.cjs'), '--write', path]);
};

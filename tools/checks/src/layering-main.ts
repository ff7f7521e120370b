import { layeringViolations } from './layering.ts';
import { rules } from './layering-rules.ts';
import { readWorkspace } from './workspace.ts';

const root = new URL('../../..', import.meta.url).pathname;
const workspace = readWorkspace(root);
const violations = layeringViolations(workspace, rules);
for (const { where, what } of violations) console.error(`${where}: ${what}`);
console.log(`layering: ${workspace.length} packages, ${violations.length} violations`);
process.exitCode = violations.length === 0 ? 0 : 1;

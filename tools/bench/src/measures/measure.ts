import type { Figure } from '../figure.ts';
import type { Options } from '../options.ts';
import type { Subject } from '../subjects/subject.ts';
import type { Mesh } from './mesh.ts';

/** A measure that starts what it needs. */
export interface Measure {
  /** As `--only` knows it. */
  readonly name: string;
  run(subject: Subject, options: Options): Promise<readonly Figure[]>;
}

/** A measure in a mesh whose sidecars are all connected; it leaves the mesh as it was. */
export interface MeshMeasure {
  readonly name: string;
  run(mesh: Mesh, options: Options): Promise<readonly Figure[]>;
}

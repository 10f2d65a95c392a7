/** Which way imports go; ARCHITECTURE.md says why. Every rule is tried in tests/imports.test.ts. */

/** What the page may know of the mathematics: values, types and pure functions that do not compute a network. */
const MODEL_FOR_THE_PAGE =
  '^src/model/(settings|parseSetting|links|numberText|telemetry|cells|cost|frameMemory|failures|engineTimings|view|inspect/[a-zA-Z]+|text/(types|display|catalogue|symbols|labels)|kernels/engines)[.]ts$';

/** Values and names that kernels share with the rest of the mathematics. */
const BELOW_KERNELS = '^src/model/(cells|random|failures)[.]ts$';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'Nothing may need itself; types included.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      comment: 'What is imported must be there, and in package.json.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'source-stands-alone',
      comment: 'The page never needs tests, scripts, benchmarks or development tools.',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^(tests|scripts|bench)/' },
    },
    {
      name: 'without-a-page',
      comment:
        'The program without a page shares the mathematics, its threads and its copies of a run, and nothing of the page.',
      severity: 'error',
      from: { path: '^cli/' },
      to: {
        path: '^src/(?!model/|workers/(threads|shardPort|shardProtocol|copies)[.]ts$)|^src/model/kernels/(tfjs|webgpu)/|^(tests|bench)/',
      },
    },
    {
      name: 'model-knows-no-page',
      comment: 'The mathematics imports mathematics.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: { path: '^src/(?!model/)' },
    },
    {
      name: 'model-packages',
      comment:
        'No page library in the mathematics: only hashing, character sets, validation, and TensorFlow.js below its engine.',
      severity: 'error',
      from: { path: '^src/model/' },
      to: {
        path: '^node_modules/',
        pathNot: '^node_modules/(@noble/hashes|chardet|valibot|@tensorflow|@webgpu/types)/',
      },
    },
    {
      name: 'kernels-know-nothing-above',
      comment: 'An engine computes what it is told; only the choice of an engine knows the settings that name engines.',
      severity: 'error',
      from: { path: '^src/model/kernels/', pathNot: '^src/model/kernels/choose[.]ts$' },
      to: { path: '^src/model/(?!kernels/)', pathNot: BELOW_KERNELS },
    },
    {
      name: 'choice-knows-settings-only',
      comment: 'See kernels-know-nothing-above.',
      severity: 'error',
      from: { path: '^src/model/kernels/choose[.]ts$' },
      to: { path: '^src/model/(?!kernels/|settings[.]ts$)', pathNot: BELOW_KERNELS },
    },
    {
      name: 'tensorflow-below-its-engine',
      comment: 'No other file knows TensorFlow.js.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/model/kernels/tfjs/' },
      to: { path: '^node_modules/@tensorflow/' },
    },
    {
      name: 'gpu-engines-are-lazy',
      comment: 'TensorFlow.js is a megabyte, and no GPU is wanted before it is asked for.',
      severity: 'error',
      from: { path: '^src/(?!model/kernels/(tfjs|webgpu)/)' },
      to: { path: '^src/model/kernels/(tfjs|webgpu)/', dynamic: false, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'protocol-knows-the-model-only',
      comment: 'The wire is types.',
      severity: 'error',
      from: { path: '^src/workers/protocol[.]ts$' },
      to: { path: '^src/(?!model/)' },
    },
    {
      name: 'client-knows-the-protocol-only',
      comment: "The page's end of the wire, the address of the worker that it starts, and how it is started.",
      severity: 'error',
      from: { path: '^src/workers/client[.]ts$' },
      to: { path: '^src/(?!workers/(protocol|spawn|training[.]worker)[.]ts$|model/)' },
    },
    {
      name: 'page-never-computes',
      comment: 'Store, client and wire know of the mathematics what the page may know.',
      severity: 'error',
      from: { path: '^src/(store(/|[.]ts$)|workers/(client|protocol)[.]ts$)' },
      to: { path: '^src/model/', pathNot: MODEL_FOR_THE_PAGE },
    },
    {
      name: 'readings-come-as-types',
      comment: 'The page knows what readings hold, and has two plain functions beside; the worker computes them.',
      severity: 'error',
      from: { path: '^src/(store(/|[.]ts$)|components/|workers/(client|protocol)[.]ts$)' },
      to: { path: '^src/model/inspect/(?!(memory|order)[.]ts$)', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'worker-knows-no-page',
      comment: 'What runs in the worker imports the mathematics and the wire.',
      severity: 'error',
      from: { path: '^src/workers/', pathNot: '^src/workers/client[.]ts$' },
      to: {
        path: '^src/(store(/|[.]ts$)|main[.]tsx$|components/|workers/client[.]ts$)|^node_modules/(react|react-dom|zustand|d3)',
      },
    },
    {
      name: 'workers-inside-is-its-own',
      comment: 'The page talks to the worker by the client.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/workers/' },
      to: { path: '^src/workers/', pathNot: '^src/workers/(client|protocol)[.]ts$' },
    },
    {
      name: 'store-knows-no-view',
      comment: 'Views read the store, never the other way.',
      severity: 'error',
      from: { path: '^src/store(/|[.]ts$)' },
      to: { path: '^src/(components/|main[.]tsx$)' },
    },
    {
      name: 'views-know-the-store-and-plain-values',
      comment: 'A view never reaches past the store: of the rest it may have types and pure functions.',
      severity: 'error',
      from: { path: '^src/components/' },
      to: { path: '^src/(?!components/|store[.]ts$|workers/protocol[.]ts$)', pathNot: MODEL_FOR_THE_PAGE },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default', 'types'] },
    exclude: { path: '[.]css$' },
  },
};

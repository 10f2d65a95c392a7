import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      'dist',
      '.cache',
      'public',
      'test-results',
      'playwright-report',
      '.dependency-cruiser.cjs',
      'src/model/kernels/simd/assembly',
    ],
  },
  js.configs.recommended,
  ...tseslint.configs.strictTypeChecked,
  ...tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: {
        projectService: { allowDefaultProject: ['*.js', '*.mjs', 'scripts/*.mjs'] },
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      eqeqeq: 'error',
      'no-console': 'error',
    },
  },
  hooks.configs.flat['recommended-latest'],
  // The mathematics decides a run's numbers: no clock, no chance, no page.
  {
    files: ['src/model/**'],
    rules: {
      'no-restricted-globals': [
        'error',
        'window',
        'document',
        'fetch',
        'postMessage',
        'performance',
        'localStorage',
        'navigator',
        'self',
      ],
      'no-restricted-properties': [
        'error',
        { object: 'Math', property: 'random', message: 'Chance comes from model/random.' },
        { object: 'Date', property: 'now', message: 'A clock is passed in.' },
      ],
    },
  },
  // A worker that is started in any other way is not bound by the page's content security policy.
  {
    files: ['src/**'],
    ignores: ['src/workers/spawn.ts'],
    rules: {
      'no-restricted-syntax': [
        'error',
        { selector: 'NewExpression[callee.name=/^(Shared)?Worker$/]', message: 'See workers/spawn.ts.' },
      ],
    },
  },
  { files: ['scripts/**', 'bench/**', 'tests/**', 'cli/**'], rules: { 'no-console': 'off' } },
  {
    files: ['**/*.js', '**/*.mjs'],
    extends: [tseslint.configs.disableTypeChecked],
    languageOptions: { globals: globals.node },
  },
);

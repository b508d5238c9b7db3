// Stops a command whose dependencies are not those of the lockfile. pnpm installs before a script, but when that
// install fails it only warns and runs the script all the same. Plain JavaScript: a failed install may leave the
// machine's own Node and no node_modules.
import { spawnSync } from 'node:child_process'

const env = { ...process.env }
delete env.pnpm_config_verify_deps_before_run // pnpm turns its own check off inside a script

const check = spawnSync('pnpm --config.verify-deps-before-run=error exec node --version', { env, encoding: 'utf8', shell: true })

if (check.status !== 0) {
  const reason = `${check.stdout}${check.stderr}`.trim()
  console.error(`${reason}

error not-installed: Unexpected dependencies in node_modules, expected those of pnpm-lock.yaml
  fix: run \`npx -y pnpm@12.21.0 install\`, mend what it reports, and commit pnpm-lock.yaml if it changed`)
  process.exit(1)
}

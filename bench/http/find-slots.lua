-- For wrk: posts one body again and again, and tells at the end what it measured as a line of JSON (times in microseconds).
wrk.method = "POST"
wrk.headers["Content-Type"] = "application/json"
wrk.headers["Authorization"] = os.getenv("BENCH_AUTHORIZATION")
local body = assert(io.open(os.getenv("BENCH_BODY")))
wrk.body = body:read("*a")
body:close()

function done(summary, latency, requests)
   local errors = summary.errors
   print(string.format(
      '{"requests": %d, "duration": %d, "p50": %d, "p99": %d, "refused": %d, "failed": %d}',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), errors.status,
      errors.connect + errors.read + errors.write + errors.timeout))
end

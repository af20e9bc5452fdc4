-- For wrk: sends requests of one kind (BENCH_KIND) as BENCH_FOLDER's files say, and tells at the end what it measured as a line of JSON (times in microseconds).
local folder = os.getenv("BENCH_FOLDER") .. "/"

local function read(name)
   local file = assert(io.open(folder .. name))
   local text = file:read("*a")
   file:close()
   return text
end

local function lines(name)
   local all = {}
   for line in read(name):gmatch("[^\n]+") do all[#all + 1] = line end
   return all
end

local function one_of(all) return all[math.random(#all)] end

-- A half hour of the world's year, as two fields of JSON.
local first, halves = 0, 1
local function half_hour()
   local start = first + 1800 * math.random(0, halves - 1)
   return os.date('!"start_time":"%Y-%m-%dT%H:%M:%SZ",', start) .. os.date('!"end_time":"%Y-%m-%dT%H:%M:%SZ"', start + 1800)
end

-- Two different people.
local people = 0
local function two()
   local one = math.random(people)
   local other = (one + math.random(people - 1) - 1) % people + 1
   return string.format("person%d@example.com", one), string.format("person%d@example.com", other)
end

local kind = os.getenv("BENCH_KIND")
local authorization = os.getenv("BENCH_AUTHORIZATION")
local tokens, seen, title
local count = 0

local function send(method, path, authorization, body)
   return wrk.format(method, path, { ["Authorization"] = authorization, ["Content-Type"] = body and "application/json" }, body)
end

local kinds = {}

-- One body again and again.
function kinds.body()
   local whole
   return function()
      whole = whole or send("POST", wrk.path, authorization, read("body.json"))
      return whole
   end
end

function kinds.create()
   title = os.getenv("BENCH_TITLE")
   return function()
      count = count + 1
      local one, other = two()
      return send("POST", wrk.path, one_of(tokens), string.format(
         '{"title":"%s","description":"What we know, and what to do about it: number %d.",%s,"timezone":"Europe/Berlin","participants":[{"email":"%s"},{"email":"%s"}]}',
         title, count, half_hour(), one, other))
   end
end

-- The same, of a server that may say that it has too much to do. That is said in one way only, and everything else is counted as lost.
local booked, wrong, loads = 0, 0, {}
function setup(thread) loads[#loads + 1] = thread end

function kinds.overload()
   response = function(status, headers)
      if status == 201 then booked = booked + 1
      elseif status ~= 503 or not headers["Retry-After"] then wrong = wrong + 1 end
      own = { booked, wrong }
   end
   return kinds.create()
end

function kinds.check()
   return function()
      local one, other = two()
      return send("POST", wrk.path, one_of(tokens), string.format('{%s,"participant_emails":["%s","%s"]}', half_hour(), one, other))
   end
end

function kinds.list()
   return function() return send("GET", wrk.path, one_of(tokens)) end
end

-- Lines of "token meeting".
function kinds.export()
   seen = lines("seen")
   return function()
      local token, meeting = one_of(seen):match("(.+) (.+)")
      return send("GET", "/api/meetings/" .. meeting .. "/export-ics/", token)
   end
end

-- Four weeks of five people, others each time.
function kinds.slots()
   return function()
      local ids = {}
      for i = 1, 5 do ids[i] = math.random(people) end
      return send("POST", wrk.path, one_of(tokens), string.format(
         '{"user_ids":[%s],"duration_minutes":60,%s,%s}', table.concat(ids, ","),
         os.date('!"window_start":"%Y-%m-%dT%H:%M:%SZ"', first), os.date('!"window_end":"%Y-%m-%dT%H:%M:%SZ"', first + 28 * 86400)))
   end
end

function init()
   math.randomseed(tonumber(os.getenv("BENCH_SEED")))
   if kind ~= "body" then
      tokens = lines("tokens")
      first, halves, people = read("world"):match("(%d+) (%d+) (%d+)")
      first, halves, people = tonumber(first), tonumber(halves), tonumber(people)
   end
   request = kinds[kind]()
end

function done(summary, latency, requests)
   local errors, booked, wrong = summary.errors, 0, 0
   for _, thread in ipairs(loads) do
      local own = thread:get("own") or { 0, 0 }
      booked, wrong = booked + own[1], wrong + own[2]
   end
   print(string.format(
      '{"requests": %d, "duration": %d, "p50": %d, "p99": %d, "booked": %d, "refused": %d, "failed": %d}',
      summary.requests, summary.duration, latency:percentile(50), latency:percentile(99), booked, errors.status - wrong,
      errors.connect + errors.read + errors.write + errors.timeout + wrong))
end

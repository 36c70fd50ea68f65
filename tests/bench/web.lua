-- People who search: each asks for one of the queries of search-known, then reads for a while.
local queries = {}
for line in io.lines(os.getenv("QUERIES")) do queries[#queries + 1] = line end
local think = tonumber(os.getenv("THINK_MS") or "1000")

function init(args) math.randomseed(tonumber(tostring({}):sub(8)) or os.time()) end
function delay() return think > 0 and math.random(think / 2, think * 3 / 2) or 0 end
function request()
    local query = queries[math.random(#queries)]:gsub("[^%w]", function(c) return ("%%%02X"):format(c:byte()) end)
    return wrk.format("GET", "/api/v1/search?limit=20&q=" .. query)
end
function done(summary, latency)
    local bad = summary.errors
    io.write(("searches %d, a second %.1f\n"):format(summary.requests, summary.requests / summary.duration * 1e6))
    for _, p in ipairs({50, 95, 99}) do
        io.write(("answered within, %d of 100: %.1f ms\n"):format(p, latency:percentile(p) / 1000))
    end
    io.write(("errors: connect %d, read %d, write %d, status %d, time-out %d\n"):format(
        bad.connect, bad.read, bad.write, bad.status, bad.timeout))
end

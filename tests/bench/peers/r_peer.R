# Workload W in R, vectorised over blocks of replications.
#
#   Rscript r_peer.R exact|line|month REPLICATIONS [SEED]
arguments <- commandArgs(TRUE)
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
lines <- read.csv(file.path(here, "lines.csv"))
season <- read.csv(file.path(here, "season.csv"))$season
years <- 5
months <- 12
history <- c(594e6, 630e6, 667.8e6)
persistence <- 0.6
emergency <- c(probability = 0.08, log_mean = 0.12, log_sd = 0.10)
budget_growth <- 1.17
available_share <- 0.95
count <- nrow(lines)
root <- t(chol(0.6^abs(outer(seq_len(count), seq_len(count), "-"))))
block_size <- 1000

# Mean, variance and third cumulant by one normal (Cornish and Fisher).
skewed <- function(mean, variance, third) {
  z <- rnorm(length(mean))
  mean + sqrt(variance) * z + third / (6 * variance) * (z * z - 1)
}

# Cumulants of a line in a month whose mean amount is given.
cumulants <- function(i, mean) {
  shape <- lines$dispersion[i]
  claim <- lines$claim[i]
  square <- lines$cv[i]^2
  second <- claim * (1 + square)
  list(mean = mean,
       variance = mean * (mean / shape + second),
       third = mean * (second * (claim * (1 + 2 * square) + 3 * mean / shape) + 2 * mean^2 / shape^2))
}

# Each model gives the amounts of n replications x months from the cases of n x lines.
models <- list(
  exact = function(cases) {
    total <- 0
    for (i in seq_len(count)) {
      mean <- outer(cases[, i], season)
      claims <- rnbinom(length(mean), size = lines$dispersion[i], mu = mean)
      square <- lines$cv[i]^2
      total <- total + rgamma(length(mean), shape = claims / square, scale = lines$claim[i] * square)
    }
    matrix(total, nrow(cases))
  },
  line = function(cases) {
    total <- 0
    for (i in seq_len(count)) {
      k <- cumulants(i, outer(cases[, i], season * lines$claim[i]))
      total <- total + skewed(k$mean, k$variance, k$third)
    }
    total
  },
  month = function(cases) {
    mean <- sweep(cases, 2, lines$claim, `*`)
    shape <- lines$dispersion
    square <- lines$cv^2
    second <- lines$claim * (1 + square)
    variance <- outer(c(mean %*% second), season) + outer(c(mean^2 %*% (1 / shape)), season^2)
    third <- outer(c(mean %*% (second * lines$claim * (1 + 2 * square))), season) +
      outer(c(mean^2 %*% (3 * second / shape)), season^2) + outer(c(mean^3 %*% (2 / shape^2)), season^3)
    skewed(outer(rowSums(mean), season), variance, third)
  })

block <- function(n, model) {
  past <- lapply(history, rep, n)
  risk <- reserve <- balance <- numeric(n)
  deviation <- 0
  surpluses <- balances <- cash <- matrix(0, n, years)
  for (year in seq_len(years)) {
    shock <- matrix(rnorm(n * count), n) %*% t(root)
    deviation <- if (year == 1) shock else persistence * deviation + sqrt(1 - persistence^2) * shock
    size <- ifelse(runif(n) < emergency["probability"],
                   exp(emergency["log_mean"] + emergency["log_sd"] * rnorm(n)), 1)
    cases <- sapply(seq_len(count), function(i) {
      sigma <- lines$sigma[i]
      lines$cases[i] * (1 + lines$growth[i])^year * exp(sigma * deviation[, i] - sigma^2 / 2) *
        (1 + lines$exposure[i] * (size - 1))
    })
    total <- model(cases)
    expense <- rowSums(total)
    available <- available_share * budget_growth * Reduce(`+`, past) / 3
    path <- lowest <- numeric(n)
    for (month in seq_len(months)) {
      path <- path + available / months - total[, month]
      lowest <- pmin(lowest, path)
    }
    risk <- risk + 0.03 * available / available_share
    reserve <- reserve + 0.02 * available / available_share
    surplus <- available - expense
    loss <- pmax(-surplus, 0)
    band <- 0.05 * available
    paid <- pmin(0.6 * pmin(loss, band) + 0.3 * pmin(pmax(loss - band, 0), band), risk)
    drawn <- pmin(loss - paid, reserve)
    risk <- risk - paid
    reserve <- reserve - drawn
    balance <- balance + pmin(pmax(surplus, 0), 0.06 * available) - (loss - paid - drawn)
    past <- c(past[-1], list(expense))
    surpluses[, year] <- surplus
    balances[, year] <- balance
    cash[, year] <- lowest
  }
  list(surplus = surpluses, balance = balances, cash = cash)
}

summarise <- function(result) {
  tail_mean <- function(x) mean(sort(x)[seq_len(floor(0.05 * length(x)))])
  quantiles <- apply(result$balance, 2, quantile, c(0.05, 0.5, 0.95))
  list(surplus = colMeans(result$surplus), surplus_sd = apply(result$surplus, 2, sd),
       overspend = colMeans(result$surplus < 0), balance = colMeans(result$balance),
       balance_sd = apply(result$balance, 2, sd), balance_5 = quantiles[1, ],
       balance_50 = quantiles[2, ], balance_95 = quantiles[3, ],
       balance_tail_5 = apply(result$balance, 2, tail_mean), lowest_cash = colMeans(result$cash))
}

model <- models[[arguments[1]]]
replications <- as.integer(arguments[2])
set.seed(if (length(arguments) > 2) as.integer(arguments[3]) else 1)
start <- proc.time()
firsts <- seq(0, replications - 1, block_size)
parts <- lapply(firsts, function(first) block(min(block_size, replications - first), model))
joined <- sapply(c("surplus", "balance", "cash"),
                 function(name) do.call(rbind, lapply(parts, `[[`, name)), simplify = FALSE)
result <- summarise(joined)
taken <- proc.time() - start
field <- function(name, values) {
  sprintf("\"%s\": [%s]", name, paste(sprintf("%.10g", values), collapse = ", "))
}
fields <- mapply(field, names(result), result)
cat(sprintf("{\"replications\": %d, \"seconds\": %.6f, \"processor_seconds\": %.6f, \"years\": {%s}}\n",
            replications, taken[["elapsed"]], taken[["user.self"]] + taken[["sys.self"]],
            paste(fields, collapse = ", ")))
